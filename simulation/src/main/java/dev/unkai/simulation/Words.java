package dev.unkai.simulation;

import dev.unkai.wire.node.Guest;
import dev.unkai.wire.node.GuestReport;
import dev.unkai.wire.node.HostPlan;
import dev.unkai.wire.node.NodeMessage;
import java.util.UUID;
import java.util.stream.Collectors;

/** Messages and ids as the trace shows them. */
final class Words {
    private Words() {}

    static String of(NodeMessage message) {
        return switch (message.getMessageCase()) {
            case HELLO -> "hello";
            case REPORT ->
                "all at plan " + message.getReport().getPlanGeneration()
                        + message.getReport().getGuestsList().stream()
                                .map(guest -> " " + of(guest))
                                .collect(Collectors.joining());
            case GUEST -> of(message.getGuest());
            case MESSAGE_NOT_SET -> "nothing";
        };
    }

    static String of(GuestReport report) {
        return of(report.getGuestId()) + "=" + report.getState() + "@" + report.getGeneration()
                + (report.hasArrival() ? report.getArrival().getComplete() ? " has come" : " may come" : "")
                + (report.hasDeparture()
                        ? report.getDeparture().getDeparted()
                                ? " has gone"
                                : " goes " + report.getDeparture().getFailure()
                        : "")
                + (report.getStoppedByGuest() ? " by itself" : "")
                + (report.getFault().isEmpty() ? "" : " (" + report.getFault() + ")");
    }

    static String of(HostPlan plan) {
        return "plan " + plan.getGeneration() + ":"
                + plan.getGuestsList().stream().map(Words::of).collect(Collectors.joining());
    }

    private static String of(Guest guest) {
        return " " + of(guest.getId()) + "=" + guest.getPower() + "@" + guest.getGeneration()
                + (guest.hasArrival() ? " to come" : "")
                + (guest.hasDeparture() ? " to go to " + guest.getDeparture().getEndpoint() : "")
                + (guest.getReturned().isEmpty() ? "" : " back")
                + (guest.getCapturesCount() == 0 ? "" : " imaged");
    }

    /** The beginning of an id: enough to tell one from another. */
    static String of(String id) {
        return id.substring(0, Math.min(8, id.length()));
    }

    static String of(UUID id) {
        return of(id.toString());
    }
}
