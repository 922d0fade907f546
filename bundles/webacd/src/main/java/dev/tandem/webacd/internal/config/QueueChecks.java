package dev.tandem.webacd.internal.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import dev.tandem.webacd.internal.config.QueueConfig.FormField;
import dev.tandem.webacd.internal.hours.Span;
import dev.tandem.webacd.internal.rules.Checks;

/** The bounds of what may be said of a queue or an agent, without a look at anything else. Each fault names its field. */
final class QueueChecks {
    static final Pattern SLUG = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?");
    static final int MOST_MEMBERS = 5_000;
    private static final Pattern STRATEGY = Pattern.compile("[A-Z0-9_]{1,40}");
    private static final Pattern KEY = Pattern.compile("[a-z][A-Za-z0-9_]{0,39}");
    private static final int DAY = 86_400;

    private QueueChecks() {}

    static void check(QueueConfig queue) {
        slug("slug", queue.slug());
        text("name", queue.name(), 1, 60);
        text("description", queue.description(), 0, 500);
        if (!STRATEGY.matcher(queue.strategy()).matches()) {
            throw RoutingFault.invalid("strategy", "A strategy's name is upper-case letters, digits and underscores.");
        }
        range("priorityStepSeconds", queue.priorityStepSeconds(), 0, 3_600);
        range("offerSeconds", queue.offerSeconds(), 5, 600);
        range("wrapUpSeconds", queue.wrapUpSeconds(), 0, 3_600);
        queue.largestLength().ifPresent(n -> range("largestLength", n, 1, 100_000));
        queue.largestWaitSeconds().ifPresent(n -> range("largestWaitSeconds", n, 10, DAY));
        queue.overflow().ifPresent(over -> range("overflow.afterSeconds", over.afterSeconds(), 1, DAY));
        range("preferredSeconds", queue.preferredSeconds(), 0, 3_600);
        hours(queue.hours());
        skills(queue.skills());
        entry(queue.entry());
        queue.start().url().ifPresent(url -> url("start.url", url));
        members(queue.members());
    }

    static void check(AgentConfig agent) {
        range("capacity", agent.capacity(), 1, 20);
        agent.skills().forEach((skill, level) -> range("skills." + skill, level, 1, 10));
        most("skills", agent.skills().size(), 100);
    }

    private static void hours(QueueConfig.Hours hours) {
        zone("hours.zone", hours.zone());
        if (hours.week().size() != 7) {
            throw RoutingFault.invalid("hours.week", "A week has seven days, Monday first.");
        }
        for (int day = 0; day < 7; day++) {
            var field = "hours.week[" + day + "]";
            most(field, hours.week().get(day).size(), 10);
            for (int i = 0; i < hours.week().get(day).size(); i++) {
                var times = hours.week().get(day).get(i);
                span(field + "[" + i + "]", times.from(), times.to());
            }
        }
        most("hours.holidays", hours.holidays().size(), 400);
        for (int i = 0; i < hours.holidays().size(); i++) {
            holiday("hours.holidays[" + i + "]", hours.holidays().get(i));
        }
    }

    private static void holiday(String field, QueueConfig.Holiday holiday) {
        text(field + ".name", holiday.name(), 0, 60);
        try {
            int year = LocalDate.parse(holiday.date()).getYear();
            range(field + ".date", year, 2000, 2200);
        } catch (DateTimeException e) {
            throw RoutingFault.invalid(field + ".date", "A date reads 2026-12-24.");
        }
        if (holiday.from().isPresent() != holiday.to().isPresent()) {
            throw RoutingFault.invalid(
                    field + (holiday.from().isPresent() ? ".to" : ".from"),
                    "A holiday with hours of its own has both ends.");
        }
        holiday.from().ifPresent(from -> span(field, from, holiday.to().orElseThrow()));
    }

    static Span span(String field, String from, String to) {
        int first = minute(field + ".from", from);
        int last = minute(field + ".to", to);
        try {
            return new Span(first, last == 0 ? Span.DAY : last);
        } catch (IllegalArgumentException e) {
            throw RoutingFault.invalid(field + ".to", "Hours go from one time of the day to another one.");
        }
    }

    private static int minute(String field, String typed) {
        try {
            return Span.minute(typed);
        } catch (IllegalArgumentException e) {
            throw RoutingFault.invalid(field, "A time reads 08:30, 00:00 to 24:00.");
        }
    }

    static void zone(String field, String zone) {
        // Not everything that ZoneId reads: UTC+1 has no summer time, and nobody means that.
        if (!ZoneId.getAvailableZoneIds().contains(zone)) {
            throw RoutingFault.invalid(field, "There is no time zone '" + shortened(zone) + "'; one is Europe/Zurich.");
        }
    }

    private static void skills(QueueConfig.Skills skills) {
        var seen = new HashSet<String>();
        most("skills.required", skills.required().size(), 20);
        for (int i = 0; i < skills.required().size(); i++) {
            var field = "skills.required[" + i + "]";
            var one = skills.required().get(i);
            range(field + ".level", one.level(), 1, 10);
            once(field + ".skill", seen.add(one.skill()));
        }
        most("skills.relax", skills.relax().size(), 20);
        int before = 0;
        for (int i = 0; i < skills.relax().size(); i++) {
            var field = "skills.relax[" + i + "]";
            var step = skills.relax().get(i);
            range(field + ".afterSeconds", step.afterSeconds(), 1, DAY);
            if (step.afterSeconds() < before) {
                throw RoutingFault.invalid(field + ".afterSeconds", "Steps stand in the order of their times.");
            }
            before = step.afterSeconds();
            step.level().ifPresent(level -> range(field + ".level", level, 1, 10));
            if (step.skill().filter(skill -> !seen.contains(skill)).isPresent()) {
                throw RoutingFault.invalid(field + ".skill", "Only a skill that the queue asks for can be relaxed.");
            }
        }
    }

    private static void entry(QueueConfig.Entry entry) {
        texts("entry.openText", entry.openText(), 60);
        texts("entry.closedText", entry.closedText(), 60);
        entry.closedUrl().ifPresent(url -> url("entry.closedUrl", url));
        most("entry.fields", entry.fields().size(), 30);
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < entry.fields().size(); i++) {
            var field = "entry.fields[" + i + "]";
            once(field + ".key", keys.add(entry.fields().get(i).key()));
            formField(field, entry.fields().get(i));
        }
        recognising(entry.fields());
    }

    private static void recognising(List<FormField> fields) {
        boolean before = false;
        for (int i = 0; i < fields.size(); i++) {
            var field = "entry.fields[" + i + "].recognises";
            if (fields.get(i).recognises()) {
                var type = fields.get(i).type();
                if (type != FormField.Type.TEXT && type != FormField.Type.EMAIL) {
                    throw RoutingFault.invalid(field, "Only a text or an e-mail address tells customers apart.");
                }
                if (before) {
                    throw RoutingFault.invalid(field, "One question is enough to recognise a customer.");
                }
                before = true;
            }
        }
    }

    private static void formField(String field, FormField one) {
        if (!KEY.matcher(one.key()).matches()) {
            throw RoutingFault.invalid(
                    field + ".key", "A key is a small letter, then up to 39 letters, digits and underscores.");
        }
        if (one.label().isEmpty()) {
            throw RoutingFault.invalid(field + ".label", "A label in at least one language is needed.");
        }
        texts(field + ".label", one.label(), 100);
        range(field + ".max", one.max(), 1, 2_000);
        boolean choice = one.type() == FormField.Type.CHOICE;
        if (choice == one.options().isEmpty()) {
            throw RoutingFault.invalid(
                    field + ".options", choice ? "A choice needs options." : "Only a choice has options.");
        }
        most(field + ".options", one.options().size(), 100);
        for (int i = 0; i < one.options().size(); i++) {
            text(field + ".options[" + i + "]", one.options().get(i), 1, 100);
            once(
                    field + ".options[" + i + "]",
                    one.options().indexOf(one.options().get(i)) == i);
        }
    }

    private static void members(List<QueueConfig.Member> members) {
        most("members", members.size(), MOST_MEMBERS);
        var seen = new HashSet<String>();
        for (int i = 0; i < members.size(); i++) {
            var member = members.get(i);
            text("members[" + i + "].agent", member.agent(), 1, 128);
            range("members[" + i + "].rank", member.rank(), 1, 100);
            once("members[" + i + "].agent", seen.add(member.agent()));
        }
    }

    private static void texts(String field, Map<String, String> texts, int longest) {
        most(field, texts.size(), 50);
        texts.forEach((language, text) -> {
            if (!Checks.language(language)) {
                throw RoutingFault.invalid(field, "'" + shortened(language) + "' is no language.");
            }
            text(field + "." + language, text, 1, longest);
        });
    }

    static void slug(String field, String slug) {
        if (!SLUG.matcher(slug).matches()) {
            throw RoutingFault.invalid(field, "A short name is 1 to 40 small letters, digits and inner hyphens.");
        }
    }

    static void text(String field, String text, int shortest, int longest) {
        int length = text.strip().codePointCount(0, text.strip().length());
        if (length < shortest
                || text.codePointCount(0, text.length()) > longest
                || text.codePoints().anyMatch(c -> Character.isISOControl(c) && c != '\n')) {
            throw RoutingFault.invalid(
                    field, "A text of " + shortest + " to " + longest + " characters, without control characters.");
        }
    }

    private static void url(String field, String url) {
        try {
            var uri = new URI(url);
            boolean web = Optional.ofNullable(uri.getScheme())
                    .filter(scheme -> scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("http"))
                    .isPresent();
            if (web && uri.getHost() != null && uri.getUserInfo() == null && url.length() <= 2_000) {
                return;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw RoutingFault.invalid(field, "An address begins with https:// and has at most 2,000 characters.");
    }

    static void range(String field, int value, int least, int most) {
        if (value < least || value > most) {
            throw RoutingFault.invalid(field, "A whole number from " + least + " to " + most + ", not " + value + ".");
        }
    }

    static void most(String field, int count, int most) {
        if (count > most) {
            throw RoutingFault.invalid(field, "At most " + most + ", not " + count + ".");
        }
    }

    private static void once(String field, boolean first) {
        if (!first) {
            throw RoutingFault.invalid(field, "This stands there twice.");
        }
    }

    private static String shortened(String typed) {
        return typed.length() <= 40 ? typed : typed.substring(0, 40) + "…";
    }
}
