package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.launch.DemoUsers;
import io.pado.launch.Skipped;
import io.pado.stores.Programs;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** A page in a browser of its own, as somebody uses it. */
final class Page implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    /** The code of any key that an input method has taken. */
    private static final int COMPOSING = 229;
    private static final Duration LOOK_EACH = Duration.ofMillis(50);
    private static final String MISSING = "The pages: they need Chromium and its driver on the PATH: apt-get install chromium chromium-driver,"
            + " or Chrome with chromedriver.";
    /** The second line: nothing is asked of the network but the node. */
    private static final List<String> FLAGS = List.of("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--window-size=1280,900", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run");

    /** Kept here, because the log manager forgets the level of a logger that nobody holds. It misses a protocol that is not used here. */
    private static final Logger QUIET = Logger.getLogger("org.openqa.selenium");

    static {
        QUIET.setLevel(Level.SEVERE);
    }

    private final ChromeDriver browser;

    private Page(ChromeDriver browser) {
        this.browser = browser;
    }

    /** Opens a page, and logs in by its dialog. @param path such as {@code barista/} */
    static Page of(URI node, String path, String user) {
        Page page = of(node, path);
        try {
            page.fill("input[name=email]", user + "@demo.pado");
            page.fill("input[name=password]", DemoUsers.PASSWORD);
            page.click("dialog button[type=submit]");
            page.until(() -> page.all("dialog").isEmpty() && page.isConnected());
            return page;
        } catch (RuntimeException | Error failure) {
            page.close();
            throw failure;
        }
    }

    /** The same on a page without a connection of its own. */
    static Page anyOf(URI node, String path, String user) {
        Page page = of(node, "login/?next=/" + path);
        try {
            page.untilItRuns();
            page.fill("#login [name=email]", user + "@demo.pado");
            page.fill("#login [name=password]", DemoUsers.PASSWORD + Keys.ENTER);
            page.until(() -> page.browser.getCurrentUrl().endsWith("/" + path) && !page.browser.getCurrentUrl().contains("/login/"));
            page.untilItRuns();
            return page;
        } catch (RuntimeException | Error failure) {
            page.close();
            throw failure;
        }
    }

    /** Opens a page, with nobody logged in. */
    static Page of(URI node, String path) {
        Page page = started();
        try {
            page.browser.get(node.resolve(path).toString());
            return page;
        } catch (RuntimeException | Error failure) {
            page.close();
            throw failure;
        }
    }

    /** Goes to another page in the same browser. */
    void visit(URI address) {
        browser.get(address.toString());
    }

    /** Goes back in the tab's history. */
    void back() {
        browser.navigate().back();
    }

    /** Opens another tab, which is the one that is used from now on. @return its name */
    String newTab(URI address) {
        browser.switchTo().newWindow(WindowType.TAB);
        browser.get(address.toString());
        return browser.getWindowHandle();
    }

    /** @return the name of the tab that is used */
    String tab() {
        return browser.getWindowHandle();
    }

    /** Uses another tab from now on. */
    void tab(String name) {
        browser.switchTo().window(name);
    }

    void closeTab() {
        browser.close();
    }

    /** Freezes the tab, as browsers do to save energy, or lets it go on: nothing of it runs meanwhile, and nothing may be asked of it. */
    void freeze(boolean frozen) {
        browser.executeCdpCommand("Page.setWebLifecycleState", Map.of("state", frozen ? "frozen" : "active"));
    }

    /** What the page's objects take, without those that nobody needs any more. @return bytes */
    long heap() {
        browser.executeCdpCommand("HeapProfiler.collectGarbage", Map.of());
        return ((Number) browser.executeCdpCommand("Runtime.getHeapUsage", Map.of()).get("usedSize")).longValue();
    }

    private static Page started() {
        return new Page(new ChromeDriver(new ChromeDriverService.Builder()
                .usingDriverExecutable(program("chromedriver").toFile()).usingAnyFreePort().build(), options()));
    }

    private static ChromeOptions options() {
        return new ChromeOptions().setBinary(program("chromium", "google-chrome", "chrome").toFile()).addArguments(FLAGS);
    }

    private static Path program(String... names) {
        return Stream.of(names).flatMap(name -> Programs.onPath(name).stream()).findFirst()
                .orElseThrow(() -> Skipped.because(MISSING));
    }

    boolean isConnected() {
        return "open".equals(connection());
    }

    /** How the page says that it is connected; empty before it says anything. */
    String connection() {
        return all("#connection").stream().map(box -> String.valueOf(box.getDomAttribute("data-state"))).findFirst().orElse("");
    }

    List<WebElement> all(String selector) {
        return browser.findElements(By.cssSelector(selector));
    }

    boolean shows(String selector) {
        return all(selector).stream().anyMatch(WebElement::isDisplayed);
    }

    String text(String selector) {
        return find(selector).getText();
    }

    /** Scrolls there first: what is covered by the bar at the top cannot be clicked. */
    void click(String selector) {
        until(() -> shows(selector));
        browser.executeScript("arguments[0].scrollIntoView({block: 'center'})", find(selector));
        find(selector).click();
    }

    /** Types into a field, once it is there. */
    void fill(String selector, String text) {
        until(() -> shows(selector));
        find(selector).sendKeys(text);
    }

    /** @throws NoSuchElementException if there is none */
    WebElement find(String selector) {
        return browser.findElement(By.cssSelector(selector));
    }

    /** Waits for the page's script: until then its forms do nothing. */
    void untilItRuns() {
        until(() -> shows("header.bar"));
    }

    void until(Callable<Boolean> condition) {
        try {
            await().atMost(DEADLINE).pollInterval(LOOK_EACH).pollDelay(Duration.ZERO)
                    .ignoreException(StaleElementReferenceException.class).until(condition);
        } catch (ConditionTimeoutException failure) {
            throw new AssertionError(browser.getCurrentUrl() + " does not come so far: it says '" + text("body") + "' and logs " + log(), failure);
        }
    }

    /** Has the page run a script. @return what the script returned */
    Object run(String script, Object... given) {
        return browser.executeScript(script, given);
    }

    /** Has the page run a script that says by a call of its last argument when it is done. @return with what it was called */
    Object result(String script) {
        return browser.executeAsyncScript(script);
    }

    /** Composes a syllable where the focus is, with an input method, and confirms it by Enter, which is then only told as composing. */
    void compose(String syllable) {
        browser.executeCdpCommand("Input.imeSetComposition", Map.of("text", syllable, "selectionStart", 1, "selectionEnd", 1));
        browser.executeCdpCommand("Input.dispatchKeyEvent",
                Map.of("type", "rawKeyDown", "windowsVirtualKeyCode", COMPOSING, "key", "Process", "code", "Enter"));
        browser.executeCdpCommand("Input.insertText", Map.of("text", syllable));
    }

    /** Makes the window as wide as that. */
    void resize(int width, int height) {
        browser.executeCdpCommand("Emulation.setDeviceMetricsOverride", Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** What is seen of it now, as a PNG. */
    byte[] picture() {
        return browser.getScreenshotAs(OutputType.BYTES);
    }

    /** Has the system prefer {@code light} or {@code dark}. */
    void prefer(String theme) {
        browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", theme))));
    }

    /** How a text stands out from what is behind it, as WCAG counts it: 1 to 21. */
    double contrast(String selector) {
        return ((Number) browser.executeScript("""
                const rgb = text => text.match(/[\\d.]+/g).map(Number);
                const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
                    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
                const element = document.querySelector(arguments[0]);
                let behind = element;
                while (behind.parentElement && (rgb(getComputedStyle(behind).backgroundColor)[3] ?? 1) === 0) {
                  behind = behind.parentElement;
                }
                const pair = [light(rgb(getComputedStyle(element).color)), light(rgb(getComputedStyle(behind).backgroundColor))];
                return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
                """, selector)).doubleValue();
    }

    /** From now on the page notes when an element first has a text. */
    void noteWhen(String selector, String text) {
        browser.executeScript("""
                const [selector, text] = arguments;
                const look = () => {
                  if ([...document.querySelectorAll(selector)].some(element => element.textContent.includes(text))) {
                    window.notedAt ??= Date.now();
                  }
                };
                window.notedAt = undefined;
                new MutationObserver(look).observe(document, {subtree: true, childList: true, characterData: true});
                look();
                """, selector, text);
    }

    /** When that was; waits for it. */
    Instant noted() {
        until(() -> browser.executeScript("return window.notedAt ?? null") != null);
        return Instant.ofEpochMilli((Long) browser.executeScript("return window.notedAt"));
    }

    /** Leaves a mark that a reload of the page takes away. */
    void mark() {
        browser.executeScript("window.marked = true");
    }

    boolean isMarked() {
        return Boolean.TRUE.equals(browser.executeScript("return window.marked === true"));
    }

    private List<String> log() {
        return browser.manage().logs().get(LogType.BROWSER).getAll().stream().map(LogEntry::toString).toList();
    }

    /** Checks that the page kept to its content security policy, and that no script of it failed. */
    void assertNothingWentWrong() {
        assertThat(log()).noneMatch(line -> line.contains("Content Security Policy") || line.contains("Uncaught"));
    }

    @Override
    public void close() {
        browser.quit();
    }
}
