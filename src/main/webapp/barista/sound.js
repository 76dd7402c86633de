import {el, remember} from '/pages/dom.js';

const KEY = 'pado.sound';
/** @type {AudioContext | null} made by a click: browsers let no page make a sound before one */
let audio = null;

/** @returns {HTMLButtonElement} turns the sound on and off */
export function soundButton() {
  const button = el('button', {type: 'button', class: 'quiet', on: {click: async () => {
    if (isOn()) {
      localStorage.setItem(KEY, 'off');
      await audio?.suspend();
    } else {
      localStorage.setItem(KEY, 'on');
      audio ??= new AudioContext();
      await audio.resume();
      beep();
    }
    show();
  }}});
  const show = () => {
    remember(button, {t: isOn() ? 'sound.on' : 'sound.off'});
    button.setAttribute('aria-pressed', String(isOn()));
  };
  show();
  // Somebody who turned it on before need not look for the button again: any first touch does.
  addEventListener('pointerdown', () => {
    if (localStorage.getItem(KEY) === 'on' && audio === null) {
      audio = new AudioContext();
      show();
    }
  }, {once: true});
  return button;
}

function isOn() {
  return audio !== null && localStorage.getItem(KEY) === 'on';
}

/** Two short tones, the second one higher; nothing while the sound is off. */
export function beep() {
  if (audio === null || !isOn()) {
    return;
  }
  for (const [delay, pitch] of [[0, 660], [0.16, 990]]) {
    const start = audio.currentTime + delay;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.0001, start);
    volume.gain.exponentialRampToValueAtTime(0.4, start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.15);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + 0.16);
  }
}
