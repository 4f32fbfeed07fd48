package dev.unkai.base.proof;

/** What can be wrong with an exported history. */
public enum HistoryFault {
    /** Its first line is not that of an export, as with a CSV file. */
    NO_HISTORY,
    /** The key in the file is not the one that it is checked with. */
    OTHER_KEY,
    /** The key did not sign the head: the head was changed, or somebody else made it. */
    HEAD_NOT_SIGNED,
    /** The key did not sign the round. */
    ROUND_NOT_SIGNED,
    /** The round does not lead to this head. */
    ROUND_WITHOUT_HEAD,
    /** The line has not the form of an event's line. Details: none */
    NO_EVENT,
    /** The event is not the one that the head vouches for: it, its time, its place or its proof was changed. Details: place */
    CHANGED,
    /** Another place than the next one, in a file that holds all of them: lines left out, moved or put in. Details: place, expected */
    MISSING,
    /** Not behind the event before it. Details: place, the one before */
    DISORDER,
    /** The last events of a file that holds all of them are not there. Details: how many are, the size of the head */
    INCOMPLETE,
    /** There are more or fewer lines than the last one counts. Details: counted, said */
    OTHER_COUNT,
    /** The file ends without its last line. Details: lines read */
    TRUNCATED,
    /** Something follows the last line. */
    MORE
}
