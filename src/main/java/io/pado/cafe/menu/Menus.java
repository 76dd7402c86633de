package io.pado.cafe.menu;

import io.pado.platform.http.JsonBody;
import io.pado.platform.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What can be done with menus; each is one transaction. */
@ApplicationScoped
public class Menus {

    @Inject
    private MenuRepository repository;
    @Inject
    private Clock clock;
    @Inject
    private Event<MenuChanged> changes;
    @Inject
    private Event<SoldOutChanged> soldOutChanges;

    /** @return all of them, in their order */
    @Transactional
    public List<MenuView> list() {
        return repository.all().stream().map(MenuView::of).toList();
    }

    /** @throws ProblemException 404 if there is none */
    @Transactional
    public MenuView get(long id) {
        return MenuView.of(existing(repository.find(id), id));
    }

    @Transactional
    MenuView add(MenuDetails details) {
        return changed(repository.add(new Menu(details.after(repository.lastPosition()))));
    }

    /** Adds a menu after the others unless there is one of this name. */
    @Transactional
    public void addFirst(String name, long price, String category) {
        if (!repository.has(name)) {
            add(new MenuDetails(name, price, category, "", MenuDetails.LAST));
        }
    }

    /**
     * Changes the fields that are given; the values that it has already change nothing and make no event.
     *
     * @param seen the version that the editor saw; empty to edit whatever is there
     * @throws ProblemException 404 if there is none, 400 or 422 if a field is wrong, 409 if somebody edited it after that version
     */
    @Transactional
    MenuView edit(long id, OptionalLong seen, JsonBody fields) {
        Menu menu = existing(repository.lock(id), id);
        MenuDetails details = menu.details().with(fields);
        seen.ifPresent(menu::requireRevision);
        if (details.equals(menu.details())) {
            return MenuView.of(menu);
        }
        menu.edit(details);
        return changed(menu);
    }

    /**
     * Says whether a menu can be ordered. Once this has returned, no order that contains a sold-out menu is stored any more.
     *
     * @throws ProblemException 404 if there is none
     */
    @Transactional
    public MenuView soldOut(long id, boolean soldOut) {
        Menu menu = existing(repository.lock(id), id);
        if (menu.soldOut() != soldOut) {
            menu.soldOut(soldOut);
            soldOutChanges.fire(new SoldOutChanged(id, menu.details().name(), soldOut, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
        }
        return MenuView.of(menu);
    }

    /**
     * Finds menus that are to be sold, and keeps them as they are until the caller's transaction ends.
     *
     * @return those that there are, by id
     */
    @Transactional
    public Map<Long, MenuView> hold(Collection<Long> ids) {
        return repository.hold(ids).stream().map(MenuView::of).collect(Collectors.toMap(MenuView::id, Function.identity()));
    }

    /**
     * @param held what {@link #hold} has found
     * @throws ProblemException 404 if there is no such menu, 409 if one is sold out
     */
    public static void requireForSale(Map<Long, MenuView> held, Collection<Long> ids) {
        for (long id : ids) {
            if (existing(Optional.ofNullable(held.get(id)), id).soldOut()) {
                throw ProblemException.conflict("sold-out", held.get(id).name() + " (menu " + id + ") is sold out; order without it.");
            }
        }
    }

    private MenuView changed(Menu menu) {
        MenuView view = MenuView.of(menu);
        changes.fire(new MenuChanged(view));
        return view;
    }

    private static <T> T existing(Optional<T> menu, long id) {
        return menu.orElseThrow(() -> ProblemException.notFound("no-such-menu", "There is no menu " + id + "; GET /api/menus lists them."));
    }
}
