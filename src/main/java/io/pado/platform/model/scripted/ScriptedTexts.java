package io.pado.platform.model.scripted;

import java.util.List;

/** The scripted model's sentences in one language. */
enum ScriptedTexts {

    ENGLISH("This is %s speaking.", "Hello! It is good to hear from you.", "You are welcome.", "You ask about “%s”, and that is a good question.",
            "You write about “%s”, which I have read with interest.", "I have read what you wrote.",
            "I am only a scripted model, for no real language model is configured on this server.",
            List.of("Each word of this answer comes to you by itself, as the words of a real model would.",
                    "You can stop me at any time, and what I have said so far stays.",
                    "If you close this page, I go on, and you find the whole answer when you come back.",
                    "On the beach one wave follows the other, and none of them is lost on its way.",
                    "Ask me something else, and my answer will be a little different.",
                    "Whoever runs this server can give it a real model with three settings.",
                    "Until then I do my best with the few sentences that I know.",
                    "The sea is patient, and so am I.")),

    KOREAN("%s, 여기 있어요.", "안녕하세요! 만나서 반가워요.", "천만에요. 도움이 되었다니 기뻐요.", "“%s”에 대해 물어보셨네요. 좋은 질문이에요.",
            "“%s” 이야기를 잘 읽었어요.", "보내 주신 글을 잘 읽었어요.",
            "다만 이 서버에는 진짜 언어 모델이 설정되어 있지 않아서, 저는 대본대로 답하는 모델이에요.",
            List.of("이 답은 진짜 모델의 답처럼 한 단어씩 도착해요.",
                    "언제든지 저를 멈출 수 있고, 그때까지 한 말은 그대로 남아요.",
                    "이 페이지를 닫아도 저는 계속 말하고, 돌아오면 답 전체를 볼 수 있어요.",
                    "바닷가에는 파도가 하나씩 차례로 밀려오고, 도중에 사라지는 파도는 없어요.",
                    "다른 것을 물어보시면 조금 다른 답을 드릴게요.",
                    "서버를 운영하는 분이 설정 세 가지만 넣으면 진짜 모델이 대답해요.",
                    "그때까지는 제가 아는 몇 문장으로 최선을 다할게요.",
                    "바다는 서두르지 않고, 저도 그래요."));

    private final String here;
    private final String greeting;
    private final String thanks;
    private final String asked;
    private final String told;
    private final String read;
    private final String disclosure;
    private final List<String> further;

    ScriptedTexts(String here, String greeting, String thanks, String asked, String told, String read, String disclosure, List<String> further) {
        this.here = here;
        this.greeting = greeting;
        this.thanks = thanks;
        this.asked = asked;
        this.told = told;
        this.read = read;
        this.disclosure = disclosure;
        this.further = further;
    }

    String here(String name) {
        return here.formatted(name);
    }

    String greeting() {
        return greeting;
    }

    String thanks() {
        return thanks;
    }

    /** @param question whether something was asked about the word, or only said */
    String about(String word, boolean question) {
        return (question ? asked : told).formatted(word);
    }

    String read() {
        return read;
    }

    String disclosure() {
        return disclosure;
    }

    /** @return sentences that fit behind any other */
    List<String> further() {
        return further;
    }
}
