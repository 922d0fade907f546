package dev.tandem.filetransfer.internal.desk;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

import dev.tandem.filetransfer.internal.book.Direction;
import dev.tandem.filetransfer.internal.verify.BadTypeListException;
import dev.tandem.filetransfer.internal.verify.TypeList;
import dev.tandem.filetransfer.internal.verify.Types;
import dev.tandem.journal.Setting;
import dev.tandem.journal.SiteSettings;
import dev.tandem.platform.SiteId;

/** What sites allow of file transfer. All of it holds from the next request on. */
@Component(
        service = {Settings.class, SiteSettings.Group.class},
        configurationPid = "dev.tandem.filetransfer")
@Designate(ocd = Settings.Config.class)
public final class Settings implements SiteSettings.Group {
    static final String REFUSE = "refuse";
    static final String PASS = "pass";

    /** A petabyte: more than any store takes, and far from where sums of longs end. */
    private static final long MOST_BYTES = 1L << 50;

    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]*[a-z0-9])?");

    static final Setting<Long> TO_CUSTOMER = Setting.whole(
            "filetransfer.to-customer-bytes",
            0,
            MOST_BYTES,
            "How many bytes a file to a customer may have; from the next file on.");
    static final Setting<Long> FROM_CUSTOMER = Setting.whole(
            "filetransfer.from-customer-bytes",
            0,
            MOST_BYTES,
            "How many bytes a file from a customer may have; from the next file on.");
    static final Setting<Long> SESSION_QUOTA = Setting.whole(
            "filetransfer.session-quota-bytes",
            0,
            MOST_BYTES,
            "How many bytes the files of a session may take, all together; from the next file on.");
    static final Setting<Long> SITE_QUOTA = Setting.whole(
            "filetransfer.site-quota-bytes",
            0,
            MOST_BYTES,
            "How many bytes the files of the site may take, all together; from the next file on.");
    static final Setting<Long> EXPIRY = Setting.whole(
            "filetransfer.expiry-minutes",
            1,
            10_080,
            "After how many minutes a file of which nothing more comes, or which nobody answers, is given up.");
    static final Setting<Long> KEEP = Setting.whole(
            "filetransfer.keep-hours",
            0,
            8_760,
            "How many hours files are kept after the end of their session; for sessions that end from then on.");
    static final Setting<String> UNINSPECTED = Setting.choice(
            "filetransfer.uninspected",
            List.of("refuse", "pass"),
            "What becomes of files while an inspector, such as a virus scanner, is out of order.");
    static final Setting<String> STORE = Setting.text(
            "filetransfer.store", 40, Settings::noName, "Which store keeps files: local, or the name of another.");

    private static final int MOST_LISTS = 100;

    private final SiteSettings site;
    private final Types known;
    private final Setting<String> typesToCustomer;
    private final Setting<String> typesFromCustomer;
    private volatile Config values;
    /** The lists that were read last: reading one is more than a look. */
    private final Map<String, TypeList> lists = new ConcurrentHashMap<>();

    /** Seeds of the sites' settings, and where this node keeps files. */
    @ObjectClassDefinition(name = "Tandem file transfer")
    public @interface Config {
        @AttributeDefinition(
                description = "Folder of the local store; below data/ of Karaf if it is left empty. Nodes that have one"
                        + " site together share it, or use another store.")
        String folder() default "";

        @AttributeDefinition(description = "Bytes of a file to a customer where a site has said nothing")
        long to_customer_bytes() default 1L << 30;

        @AttributeDefinition(description = "Bytes of a file from a customer where a site has said nothing")
        long from_customer_bytes() default 100L << 20;

        @AttributeDefinition(
                description = "Media types of files to customers where a site has said nothing; empty: any")
        String types_to_customer() default "";

        @AttributeDefinition(
                description = "Media types of files from customers where a site has said nothing; empty: any")
        String types_from_customer() default "";

        @AttributeDefinition(description = "Bytes of all files of a session where a site has said nothing")
        long session_quota_bytes() default 4L << 30;

        @AttributeDefinition(description = "Bytes of all files of a site where it has said nothing")
        long site_quota_bytes() default 100L << 30;

        @AttributeDefinition(description = "Minutes until a file is given up where a site has said nothing")
        long expiry_minutes() default 60;

        @AttributeDefinition(
                description = "Hours that files are kept after their session where a site has said nothing")
        long keep_hours() default 24;

        @AttributeDefinition(
                description =
                        "What becomes of files that cannot be inspected where a site has said nothing: refuse, pass")
        String uninspected() default "refuse";

        @AttributeDefinition(description = "Which store keeps files where a site has said nothing")
        String store() default "local";
    }

    @Activate
    public Settings(@Reference SiteSettings site, @Reference Types types, Config values) {
        this.site = site;
        this.known = types;
        this.typesToCustomer = Setting.text(
                "filetransfer.types-to-customer",
                TypeList.LONGEST,
                this::fault,
                "Which types files to customers may have, with commas between: image/*, application/pdf, .docx. Empty: any.");
        this.typesFromCustomer = Setting.text(
                "filetransfer.types-from-customer",
                TypeList.LONGEST,
                this::fault,
                "Which types files of customers may have, with commas between: image/*, application/pdf, .docx. Empty: any.");
        this.values = values;
    }

    private Optional<String> fault(String list) {
        try {
            known.list(list);
            return Optional.empty();
        } catch (BadTypeListException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static Optional<String> noName(String text) {
        return NAME.matcher(text).matches()
                ? Optional.empty()
                : Optional.of("A store's name has small letters, digits and inner hyphens.");
    }

    @Modified
    void modified(Config now) {
        values = now;
    }

    /** Of the local store; empty for ours. */
    public String folder() {
        return values.folder();
    }

    /** Bytes of the largest file that may go that way. */
    public long most(SiteId of, Direction direction) {
        return direction == Direction.TO_CUSTOMER
                ? site.get(of, TO_CUSTOMER).orElse(values.to_customer_bytes())
                : site.get(of, FROM_CUSTOMER).orElse(values.from_customer_bytes());
    }

    /** Types that may go that way. */
    public TypeList types(SiteId of, Direction direction) {
        var list = direction == Direction.TO_CUSTOMER
                ? site.get(of, typesToCustomer).orElse(values.types_to_customer())
                : site.get(of, typesFromCustomer).orElse(values.types_from_customer());
        if (lists.size() > MOST_LISTS) {
            lists.clear();
        }
        return lists.computeIfAbsent(list, known::list);
    }

    /** Bytes of all files of a session. */
    public long sessionQuota(SiteId of) {
        return site.get(of, SESSION_QUOTA).orElse(values.session_quota_bytes());
    }

    /** Bytes of all files of a site. */
    public long siteQuota(SiteId of) {
        return site.get(of, SITE_QUOTA).orElse(values.site_quota_bytes());
    }

    /** How long after its last byte, or while nobody answers, a transfer is given up. */
    public Duration expiry(SiteId of) {
        return Duration.ofMinutes(site.get(of, EXPIRY).orElse(values.expiry_minutes()));
    }

    /** How long after the session files are kept. */
    public Duration keep(SiteId of) {
        return Duration.ofHours(site.get(of, KEEP).orElse(values.keep_hours()));
    }

    /** Whether files pass while an inspector is out of order. */
    public boolean passesUninspected(SiteId of) {
        return site.get(of, UNINSPECTED).orElse(values.uninspected()).equals(PASS);
    }

    /** Name of the store. */
    public String store(SiteId of) {
        return site.get(of, STORE).filter(name -> !name.isEmpty()).orElse(values.store());
    }

    @Override
    public Map<Setting<?>, String> seeds() {
        var now = values;
        var map = new LinkedHashMap<Setting<?>, String>();
        map.put(TO_CUSTOMER, Long.toString(now.to_customer_bytes()));
        map.put(FROM_CUSTOMER, Long.toString(now.from_customer_bytes()));
        map.put(typesToCustomer, now.types_to_customer());
        map.put(typesFromCustomer, now.types_from_customer());
        map.put(SESSION_QUOTA, Long.toString(now.session_quota_bytes()));
        map.put(SITE_QUOTA, Long.toString(now.site_quota_bytes()));
        map.put(EXPIRY, Long.toString(now.expiry_minutes()));
        map.put(KEEP, Long.toString(now.keep_hours()));
        map.put(UNINSPECTED, now.uninspected());
        map.put(STORE, now.store());
        return map;
    }

    @Override
    public List<Setting<?>> settings() {
        return List.copyOf(seeds().keySet());
    }
}
