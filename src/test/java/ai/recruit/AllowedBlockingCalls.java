package ai.recruit;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/** The only exceptions from the rule that event loops do not block. Each names the narrowest method, and its reason. */
public class AllowedBlockingCalls implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        // Reads a few bytes of /dev/urandom, which never waits; what it waits for is the lock of the generator.
        builder.allowBlockingCallsInside("java.security.SecureRandom", "nextBytes");
        builder.allowBlockingCallsInside("sun.security.provider.NativePRNG", "engineNextBytes");
        // The first use of a class reads it from its jar, on whatever thread that is, once.
        builder.allowBlockingCallsInside("java.lang.ClassLoader", "loadClass");
        builder.allowBlockingCallsInside("jdk.internal.loader.BuiltinClassLoader", "loadClassOrNull");
        // Jackson makes the reader of a type once, on whatever thread that is, while others that need it wait.
        builder.allowBlockingCallsInside(
                "tools.jackson.databind.deser.DeserializerCache", "_createAndCacheValueDeserializer");
        // The queue of a scheduler is locked for the moment in which a task that is cancelled leaves it. Reactor itself
        // excepts the same for tasks that come.
        builder.allowBlockingCallsInside("java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue", "remove");
        // The one connection to Redis is handed out under a lock, for the moment in which it is looked at. It is made
        // at the start; that it is made anew on an event loop would go unnoticed here.
        builder.allowBlockingCallsInside(
                "org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory", "doInLock");
        // Netty's allocator locks a magazine for the moment in which it hands its chunks over to more of them.
        builder.allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator$Magazine", "free");
        // Lettuce counts the writers of a connection under a lock, held for that moment. An error there is counted as a
        // writer that has left, and from then on everybody who writes spins for ever.
        builder.allowBlockingCallsInside("io.lettuce.core.protocol.SharedLock", "incrementWriters");
    }
}
