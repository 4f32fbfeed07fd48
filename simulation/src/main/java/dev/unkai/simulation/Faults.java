package dev.unkai.simulation;

/**
 * How often what goes wrong; rates are per step of a process or per message, 0 to 1. Each seed has faults of its own, so
 * that some runs are rough in one way only: a fault that always hides behind another is found too.
 *
 * @param death a process dies in the middle of a step
 * @param breakage the database connection breaks in the middle of a step
 * @param lost a message is lost and its stream lives on, which is worse than TCP
 * @param doubled a message comes twice
 * @param late a message or wake-up takes long
 * @param refusal the hypervisor refuses a call
 * @param slow a step on a host takes long, as on a slow disk
 * @param trouble world events per simulated second: cuts, power losses, clock jumps, guests that end themselves
 */
record Faults(
        double death,
        double breakage,
        double lost,
        double doubled,
        double late,
        double refusal,
        double slow,
        double trouble) {
    static final Faults NONE = new Faults(0, 0, 0, 0, 0, 0, 0, 0);

    static Faults chosenBy(Chance chance) {
        return new Faults(
                some(chance, 0.02),
                some(chance, 0.03),
                some(chance, 0.05),
                some(chance, 0.1),
                some(chance, 0.1),
                some(chance, 0.2),
                some(chance, 0.2),
                some(chance, 1.0));
    }

    private static double some(Chance chance, double most) {
        return switch (chance.between(0, 3)) {
            case 0 -> 0;
            case 1 -> most / 10;
            default -> most / chance.between(1, 5);
        };
    }
}
