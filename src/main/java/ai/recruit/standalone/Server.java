package ai.recruit.standalone;

import java.io.IOException;

/** One of the servers. Started once, stopped once; both wait until that has happened. */
interface Server {

    void start() throws IOException;

    /** Also when the start has failed or is under way in another thread: then it ends that. */
    void stop();
}
