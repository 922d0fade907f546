package dev.tandem.platform;

import java.util.Map;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A tab for the agents' desktop. Published as a service by Tandem or an integrator; the platform offers it on each
 * active interaction, loads {@link #module()} when the agent opens it, makes an element of the name {@link #element()},
 * and sets its property {@code interaction} to {@code {id, kind, state, customer: {name, address}}} whenever that
 * changes. When the service goes, the platform removes the element from pages that are open.
 *
 * <p>What belongs to no interaction says so by {@link #place()}: it is shown to every agent who has {@link #role()}, and its
 * property {@code agent} is {@code {id, name, site, roles}}. A platform that has no such place leaves it out.
 *
 * <p>A platform may also show a session of a colleague in which the agent assists, beside its interactions: it makes the
 * element of the tab {@code remote-support} and sets the property {@code sessionId} instead of {@code interaction}. Agents get
 * into such a session by {@code POST /api/sessions/assist} with its number; {@code GET /api/sessions?mine=true} lists all in
 * which they are, to be shown again after a reload. A platform that does not offer this loses nothing: the page
 * {@code /assist} does the same by itself.
 *
 * <p>The element tells the platform by bubbling, composed events:
 * <ul>
 * <li>{@code tandem-close}: the agent is done, close the tab;
 * <li>{@code tandem-badge} with {@code detail.text}: a short state for the tab's label, empty for none;
 * <li>{@code tandem-title} with {@code detail.text}: the name of the customer who is being helped, empty while nobody is known;
 * <li>{@code tandem-go} with {@code detail.session} and {@code detail.interaction}: the agent wants to another one of their
 * sessions. A platform that shows that one, by the interaction if it is the agent's own, calls {@code preventDefault()};
 * otherwise the element itself changes to it.
 * </ul>
 */
@ConsumerType
public interface DesktopTab {
    /** Permanent name, to remember what was open: {@code remote-support}. */
    String id();

    /** Name of the custom element that the module defines. Changes with the module's content. */
    String element();

    /** Absolute path of the ES module, with the hash of its content in it. */
    String module();

    /** Ascending from left to right. */
    int rank();

    /** Title by language tag; {@code en} is always there. */
    Map<String, String> titles();

    /** Where on the desktop it stands. */
    default Place place() {
        return Place.INTERACTION;
    }

    /** Who sees it, in places other than {@link Place#INTERACTION}. */
    default Agent.Role role() {
        return Agent.Role.AGENT;
    }

    /** A place on the desktop. */
    enum Place {
        /** A tab of each interaction. */
        INTERACTION,
        /** Always there, whatever the agent looks at; without anything to say it takes no room. */
        DESKTOP,
        /** A page of the view in which queues and colleagues are watched. */
        MONITOR,
        /** A page of the view in which the site is set up. */
        ADMINISTRATION
    }
}
