package io.pado.stores.mongo;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Which fields an update changed. Arrays that grow or change in place are told by element, those that shrink as a whole. */
final class UpdateDescription {

    private final Document updated = new Document();
    private final List<String> removed = new ArrayList<>();

    private UpdateDescription() {
    }

    /** @return what events call {@code updateDescription} */
    static Document of(Document before, Document after) {
        UpdateDescription description = new UpdateDescription();
        description.compare("", before, after);
        return new Document("updatedFields", description.updated).append("removedFields", description.removed)
                .append("truncatedArrays", new ArrayList<>());
    }

    private void compare(String path, Document before, Document after) {
        before.keySet().stream().filter(field -> !after.containsKey(field)).forEach(field -> removed.add(path + field));
        for (Map.Entry<String, Object> field : after.entrySet()) {
            String name = path + field.getKey();
            if (before.containsKey(field.getKey())) {
                compareValues(name, before.get(field.getKey()), field.getValue());
            } else {
                updated.put(name, field.getValue());
            }
        }
    }

    private void compareValues(String path, Object before, Object after) {
        if (Objects.equals(before, after)) {
            return;
        }
        if (before instanceof Document one && after instanceof Document other) {
            compare(path + '.', one, other);
        } else if (before instanceof List<?> one && after instanceof List<?> other && !one.isEmpty() && one.size() <= other.size()) {
            compareElements(path, one, other);
        } else {
            updated.put(path, after);
        }
    }

    private void compareElements(String path, List<?> before, List<?> after) {
        for (int i = 0; i < after.size(); i++) {
            if (i >= before.size() || !Objects.equals(before.get(i), after.get(i))) {
                updated.put(path + '.' + i, after.get(i));
            }
        }
    }
}
