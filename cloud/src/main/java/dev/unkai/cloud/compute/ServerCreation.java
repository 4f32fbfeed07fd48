package dev.unkai.cloud.compute;

import dev.unkai.base.Ids;
import dev.unkai.base.Refusal;
import dev.unkai.base.data.Db;
import dev.unkai.base.data.Transactions;
import dev.unkai.cloud.compute.NewServer.Nics;
import dev.unkai.cloud.compute.store.InstanceActions;
import dev.unkai.cloud.compute.store.KeypairStore;
import dev.unkai.cloud.compute.store.NicTags;
import dev.unkai.cloud.compute.store.ServerGroupStore;
import dev.unkai.cloud.compute.store.ServerStore;
import dev.unkai.cloud.hosts.Hosts;
import dev.unkai.cloud.image.Images;
import dev.unkai.cloud.network.Ports;
import dev.unkai.cloud.network.Ports.NicRequest;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes servers: everything a customer can get wrong is found in one transaction, and no host is asked. */
@Component
public class ServerCreation {
    private static final long GIB = 1L << 30;

    private final Transactions transactions;
    private final ServerStore servers;
    private final InstanceActions actions;
    private final Flavors flavors;
    private final KeypairStore keypairs;
    private final ServerGroupStore groups;
    private final Quotas quotas;
    private final Images images;
    private final Ports ports;
    private final NicTags nicTags;
    private final Hosts hosts;
    private final ServerEvents events;
    private final Ids ids;
    private final Clock clock;

    ServerCreation(
            Transactions transactions,
            ServerStore servers,
            InstanceActions actions,
            Flavors flavors,
            KeypairStore keypairs,
            ServerGroupStore groups,
            Quotas quotas,
            Images images,
            Ports ports,
            NicTags nicTags,
            Hosts hosts,
            ServerEvents events,
            Ids ids,
            Clock clock) {
        this.transactions = transactions;
        this.servers = servers;
        this.actions = actions;
        this.flavors = flavors;
        this.keypairs = keypairs;
        this.groups = groups;
        this.quotas = quotas;
        this.images = images;
        this.ports = ports;
        this.nicTags = nicTags;
        this.hosts = hosts;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    /** Makes one server or several at once; all of them or none. Answers them in launch order. */
    public List<Server> create(Caller caller, NewServer wanted) {
        return transactions.asCaller(caller, db -> create(db, caller, wanted));
    }

    private List<Server> create(Db db, Caller caller, NewServer wanted) {
        checkNics(wanted);
        Flavor flavor = flavor(db, caller, wanted.flavorRef());
        checkImage(image(db, wanted.imageId()), flavor.size());
        wanted.drives().check(flavor.size());
        checkWishes(db, wanted.wishes());
        Keypair key = key(db, caller, wanted.keyName());
        int count = quotas.reserveServers(
                db, caller.project(), caller.user(), flavor.size(), wanted.least(), wanted.most(), wanted.metadata());
        checkGroup(db, caller, wanted.wishes().groupId(), count);

        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        String reservation = "r-" + ids.nextHex().substring(0, 8);
        List<Server> made = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String name = wanted.most() > 1 ? wanted.name() + "-" + (i + 1) : wanted.name();
            Server server = server(caller, wanted, flavor, key, name, reservation, i, now);
            servers.insert(db, server);
            allocatePorts(db, caller, server, wanted);
            actions.begin(
                    db,
                    server.id(),
                    server.projectId(),
                    caller.user(),
                    caller.requestId(),
                    "create",
                    "compute__do_build_and_run_instance",
                    now);
            events.record(db, caller, "create", server, now);
            made.add(server);
        }
        db.wake("server");
        return made;
    }

    private Server server(
            Caller caller,
            NewServer wanted,
            Flavor flavor,
            @Nullable Keypair key,
            String name,
            String reservation,
            int index,
            Instant now) {
        UUID id = ids.next();
        return new Server(
                id,
                0,
                caller.project(),
                caller.user(),
                new Server.Origin(caller.requestId(), reservation, index),
                new Server.Naming(
                        name,
                        wanted.hostname() == null ? Hostname.of(name, id) : wanted.hostname(),
                        wanted.description()),
                wanted.metadata(),
                wanted.tags(),
                new Server.Desired(Server.Goal.ACTIVE, 1, 0, Server.RebootKind.SOFT, null, false),
                new Server.Observed(null, null, Server.Sight.NONE, null, 0, "scheduling", null, null, null),
                flavor.size(),
                new Server.Boot(
                        wanted.imageId(),
                        key == null ? null : key.name(),
                        key == null ? null : key.publicKey(),
                        wanted.userData(),
                        wanted.passwordHash(),
                        null,
                        wanted.configDrive(),
                        wanted.diskConfig(),
                        wanted.drives()),
                wanted.wishes(),
                wanted.access(),
                null,
                now,
                now,
                null);
    }

    private static void checkNics(NewServer wanted) {
        if (wanted.most() == 1 || !(wanted.nics() instanceof Nics.Listed listed)) {
            return;
        }
        for (NicRequest nic : listed.requests()) {
            if (nic.portId() != null || nic.fixedIp() != null) {
                throw Refusal.invalid("A port or a fixed address is for one server only: ask for one server, or leave"
                        + " them out of networks.");
            }
        }
    }

    private Flavor flavor(Db db, Caller caller, String ref) {
        // Old clients send the flavor's address.
        String id = ref.substring(ref.lastIndexOf('/') + 1);
        try {
            Flavor flavor = flavors.find(db, caller, id);
            if (flavor.disabled()) {
                throw Refusal.notFound("Flavor " + id + " could not be found.");
            }
            return flavor;
        } catch (Refusal refusal) {
            throw asInvalid(refusal, refusal.sentence());
        }
    }

    private Images.BootImage image(Db db, UUID id) {
        try {
            return images.forBoot(db, id);
        } catch (Refusal refusal) {
            throw asInvalid(
                    refusal,
                    refusal.kind() == Refusal.Kind.NOT_FOUND ? "Can not find requested image" : refusal.sentence());
        }
    }

    /** Refuses an image that a server of the size cannot boot. */
    static void checkImage(Images.BootImage image, Server.Size flavor) {
        if (flavor.ramMb() < image.minRamMib()) {
            throw Refusal.invalid(
                    "Flavor's memory is too small for requested image: it needs " + image.minRamMib() + " MiB.");
        }
        if (flavor.diskGb() == 0) {
            throw Refusal.forbidden("Only volume-backed servers are allowed for flavors with zero disk.");
        }
        if (flavor.diskGb() < image.minDiskGib()) {
            throw Refusal.invalid(
                    "Flavor's disk is too small for requested image: it needs " + image.minDiskGib() + " GiB.");
        }
        if (flavor.diskGb() * GIB < image.virtualSizeBytes()) {
            throw Refusal.invalid("Flavor's disk is too small for requested image. Flavor disk is "
                    + flavor.diskGb() * GIB + " bytes, image is " + image.virtualSizeBytes() + " bytes.");
        }
    }

    private void checkWishes(Db db, Server.Wishes wishes) {
        if (wishes.zone() == null && wishes.host() == null) {
            return;
        }
        if (wishes.zone() != null
                && hosts.zones(db).stream().noneMatch(zone -> zone.name().equals(wishes.zone()))) {
            throw Refusal.invalid("The requested availability zone is not available");
        }
        if (wishes.host() != null
                && hosts.list(db).stream().noneMatch(host -> host.name().equals(wishes.host()))) {
            throw Refusal.invalid("Compute host " + wishes.host() + " could not be found.");
        }
    }

    private @Nullable Keypair key(Db db, Caller caller, @Nullable String name) {
        if (name == null) {
            return null;
        }
        keypairs.reach(db, caller.user());
        return keypairs.find(db, caller.user(), name).orElseThrow(() -> Refusal.invalid("Invalid key_name provided."));
    }

    private void checkGroup(Db db, Caller caller, @Nullable UUID group, int count) {
        if (group == null) {
            return;
        }
        ServerGroup found = groups.find(db, group)
                .filter(one -> one.projectId().equals(caller.project()))
                .orElseThrow(() -> Refusal.invalid("Instance group " + group + " could not be found."));
        quotas.checkMembers(db, caller.project(), caller.user(), found.members().size() + count);
    }

    private void allocatePorts(Db db, Caller caller, Server server, NewServer wanted) {
        List<NicRequest> requests = switch (wanted.nics()) {
            case Nics.None none -> null;
            case Nics.Automatic automatic -> List.<NicRequest>of();
            case Nics.Listed listed -> listed.requests();
        };
        if (requests == null) {
            return;
        }
        try {
            List<Ports.ServerPort> allocated = ports.allocate(
                    db, caller, server.id(), server.naming().hostname(), requests, wanted.securityGroups());
            for (int number = 0; number < requests.size(); number++) {
                String tag = requests.get(number).tag();
                if (tag != null) {
                    nicTags.tag(db, server.id(), allocated.get(number).id(), server.projectId(), tag);
                }
            }
            if (allocated.isEmpty() && wanted.nics() instanceof Nics.Automatic automatic && automatic.required()) {
                throw Refusal.invalid("Unable to automatically allocate a network for project " + caller.project()
                        + ": it has none. Make one, or ask for 'none'.");
            }
        } catch (Refusal refusal) {
            throw asInvalid(refusal, refusal.sentence());
        }
    }

    /** What a request refers to but is not there is the request's fault, not a missing page. */
    private static Refusal asInvalid(Refusal refusal, String sentence) {
        return switch (refusal.kind()) {
            case NOT_FOUND -> Refusal.invalid(sentence);
            case CONFLICT -> sentence.toLowerCase(Locale.ROOT).contains("image") ? Refusal.invalid(sentence) : refusal;
            default -> refusal;
        };
    }
}
