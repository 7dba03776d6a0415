package org.implicitdl.zoo.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The processor time of all threads of this process, which other programs disturb less than wall time. */
public final class ProcessorTime {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private ProcessorTime() {}

    /** Of the process so far, in seconds. */
    public static double seconds() {
        return SYSTEM.getProcessCpuTime() / 1e9;
    }
}
