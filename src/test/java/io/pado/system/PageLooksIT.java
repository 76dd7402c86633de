package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * How every page looks: nothing keeps people out (axe-core finds nothing serious, in light and in dark), nothing is wider than the window, and Hangul is
 * drawn. Pictures are kept in {@code target/screens}: with {@code -Dpado.screens=all} of both languages, both themes and three widths.
 */
@ExtendWith(TwoNodes.class)
class PageLooksIT {

    private static final List<String> PAGES = List.of("", "votes/", "chat/", "ai/", "friends/", "bookings/", "try/", "login/", "users/", "operations/",
            "kiosk/", "barista/", "admin/");
    private static final boolean ALL = "all".equals(System.getProperty("pado.screens"));
    private static final Path SCREENS = Path.of("target", "screens");
    private static final int NARROW = 320;
    private static final int HIGH = 1_000;
    private static final String FINDINGS = """
            const done = arguments[arguments.length - 1];
            axe.run(document, {resultTypes: ['violations']}).then(({violations}) => done(violations.filter(each => ['serious', 'critical'].includes(each.impact))
              .map(each => `${each.id}: ${each.nodes.slice(0, 5).map(node => node.target.join(' ') + ' ' + (node.any[0]?.message ?? '')).join('; ')}`)), fault => done([String(fault)]));
            """;
    /** One of the families that are named has the letter, if its picture is not that of a letter that no font has. */
    private static final String DRAWS_HANGUL = """
            const done = arguments[arguments.length - 1];
            document.fonts.ready.then(() => {
              const canvas = document.createElement('canvas');
              const drawn = letter => {
                const context = canvas.getContext('2d', {willReadFrequently: true});
                context.clearRect(0, 0, 60, 60);
                context.font = '40px ' + getComputedStyle(document.body).fontFamily;
                context.fillText(letter, 5, 45);
                return context.getImageData(0, 0, 60, 60).data.join();
              };
              done(drawn('한') !== drawn('\uE00F') && drawn('한') !== drawn('글'));
            });
            """;

    /** A window. */
    private record Look(String language, String theme, int width) {
    }

    private final Cluster cluster;

    PageLooksIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void everyPageLetsEverybodyIn() throws IOException {
        Files.createDirectories(SCREENS);
        String axe = axe();
        List<String> wrong = new ArrayList<>();
        try (Page page = Page.anyOf(cluster.a(), "users/", "admin")) {
            for (String path : PAGES) {
                for (Look look : looks()) {
                    open(page, path, look);
                    String name = (path.isEmpty() ? "start" : path.replace("/", "")) + '-' + look.language() + '-' + look.theme() + '-' + look.width();
                    Files.write(SCREENS.resolve(name + ".png"), page.picture());
                    if (((Number) page.run("return document.documentElement.scrollWidth - innerWidth")).intValue() > 0) {
                        wrong.add(name + " is wider than the window");
                    }
                    page.run(axe);
                    ((List<?>) page.result(FINDINGS)).forEach(finding -> wrong.add(name + ' ' + finding));
                    if (!Boolean.TRUE.equals(page.result(DRAWS_HANGUL))) {
                        wrong.add(name + " draws no Hangul");
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private void open(Page page, String path, Look look) {
        page.resize(look.width(), HIGH);
        page.prefer(look.theme());
        page.run("localStorage.setItem('pado.language', arguments[0])", look.language());
        page.visit(cluster.a().resolve('/' + path));
        page.until(() -> look.theme().equals(page.find("html").getDomAttribute("data-theme")) && page.shows("main")
                && page.all("#connection").stream().allMatch(state -> "open".equals(state.getDomAttribute("data-state")))
                && page.all("main [aria-busy=true]").isEmpty());
        // Each page shows Hangul, if only to turn to Korean, so it fetches the font that has it.
        page.until(() -> Boolean.TRUE.equals(page.run("return document.fonts.check('16px \"Pado Hangul\"', '한')")));
        // Colours change in a fifth of a second.
        page.result("const done = arguments[arguments.length - 1]; Promise.all(document.getAnimations().filter(each => each.effect.getComputedTiming().iterations !== Infinity).map(each => each.finished.catch(() => 0)))"
                + ".then(() => requestAnimationFrame(() => done(true))); setTimeout(() => done(true), 2000)");
    }

    private static List<Look> looks() {
        if (!ALL) {
            return List.of(new Look("ko", "light", 1_280), new Look("en", "dark", NARROW));
        }
        List<Look> all = new ArrayList<>();
        for (String language : List.of("ko", "en")) {
            for (String theme : List.of("light", "dark")) {
                for (int width : new int[] {NARROW, 1_280, 3_840}) {
                    all.add(new Look(language, theme, width));
                }
            }
        }
        return all;
    }

    private static String axe() throws IOException {
        try (InputStream script = PageLooksIT.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
