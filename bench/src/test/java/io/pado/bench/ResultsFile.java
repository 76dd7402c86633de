package io.pado.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Markdown file of sections that each have a heading of the second level; a new one takes the old one's place. */
final class ResultsFile {
    private static final String TITLE = "# Results\n\nMedians over the rounds; a ratio is the median of the ratios of"
            + " the pairs. What each measure means is in README.md; `bench/run` writes this file.\n\n";

    private final Path file;

    ResultsFile(Path file) {
        this.file = file;
    }

    /** Writes the section {@code heading}, in its old place or at the end, and leaves the others as they are. */
    void replace(String heading, String text) throws IOException {
        String section = "## " + heading + "\n\n" + text.strip() + "\n";
        List<String> sections = new ArrayList<>();
        boolean replaced = false;
        for (String old : sections()) {
            boolean same = old.startsWith("## " + heading + "\n");
            sections.add(same ? section : old.strip() + "\n");
            replaced |= same;
        }
        if (!replaced) {
            sections.add(section);
        }
        Files.writeString(file, TITLE + String.join("\n", sections));
    }

    private List<String> sections() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        List<String> parts = new ArrayList<>(List.of(Files.readString(file).split("(?m)^(?=## )")));
        parts.remove(0);
        return parts;
    }
}
