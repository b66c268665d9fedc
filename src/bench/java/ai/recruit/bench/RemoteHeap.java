package ai.recruit.bench;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Watches the heap of another JVM. */
final class RemoteHeap implements AutoCloseable {

    private final JMXConnector connector;
    private final MBeanServerConnection beans;
    private final List<MemoryPoolMXBean> pools = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final AtomicLong afterCollections = new AtomicLong();
    private final AtomicInteger collections = new AtomicInteger();
    private long before;

    // The address is that of a process on this machine, which this one has started.
    @SuppressWarnings("BanJNDI")
    RemoteHeap(long pid) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
        try {
            connector = JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
        } finally {
            machine.detach();
        }
        beans = connector.getMBeanServerConnection();
        for (ObjectName name : beans.queryNames(new ObjectName("java.lang:type=MemoryPool,name=*"), null)) {
            MemoryPoolMXBean pool =
                    ManagementFactory.newPlatformMXBeanProxy(beans, name.getCanonicalName(), MemoryPoolMXBean.class);
            if (pool.getType() == MemoryType.HEAP) {
                pools.add(pool);
                names.add(pool.getName());
            }
        }
        for (ObjectName name : beans.queryNames(new ObjectName("java.lang:type=GarbageCollector,name=*"), null)) {
            beans.addNotificationListener(
                    name,
                    (notification, handback) -> {
                        long used = GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())
                                .getGcInfo()
                                .getMemoryUsageAfterGc()
                                .entrySet()
                                .stream()
                                .filter(pool -> names.contains(pool.getKey()))
                                .mapToLong(pool -> pool.getValue().getUsed())
                                .sum();
                        afterCollections.accumulateAndGet(used, Math::max);
                        collections.incrementAndGet();
                    },
                    null,
                    null);
        }
    }

    private long used() {
        return pools.stream().mapToLong(pool -> pool.getUsage().getUsed()).sum();
    }

    /** What is used after a full collection. */
    long live() throws Exception {
        ManagementFactory.newPlatformMXBeanProxy(
                        beans, ManagementFactory.MEMORY_MXBEAN_NAME, java.lang.management.MemoryMXBean.class)
                .gc();
        return used();
    }

    void begin() throws Exception {
        before = live();
        // The notification of that collection comes by itself, a little later.
        DrillChecks.pause(java.time.Duration.ofMillis(200));
        afterCollections.set(before);
        collections.set(0);
        pools.forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    /** The most that was left after a collection since the beginning, less what was there then. */
    long growth() {
        return afterCollections.get() - before;
    }

    /** The most that was used since the beginning, garbage included, less what was there then. */
    long momentary() {
        return pools.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() - before;
    }

    int collections() {
        return collections.get();
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
