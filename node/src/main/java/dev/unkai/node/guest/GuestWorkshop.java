package dev.unkai.node.guest;

import dev.unkai.node.LongWork;
import dev.unkai.node.host.DiskTool;
import dev.unkai.node.hypervisor.Hypervisor;
import dev.unkai.node.image.ImageCache;
import dev.unkai.wire.node.GuestReport;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * What every guest's reconciler works with.
 *
 * @param shutdownPatience how long a guest may take to shut down before it is ended
 * @param reports who is told every change
 * @param wake asks for another step of a guest
 */
public record GuestWorkshop(
        Hypervisor hypervisor,
        GuestFiles files,
        ImageCache images,
        DiskTool diskTool,
        LongWork longWork,
        GuestCaptures captures,
        GuestMoves moves,
        DomainDocument document,
        Duration shutdownPatience,
        Clock clock,
        Consumer<GuestReport> reports,
        Consumer<UUID> wake) {}
