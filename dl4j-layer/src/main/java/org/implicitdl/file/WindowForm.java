package org.implicitdl.file;

import java.util.List;
import org.implicitdl.kernel.Windows;

/** The windows of a convolution or a pooling; the components are those of {@link Windows#of}. */
record WindowForm(int[] grid, int[] kernel, int[] stride, int[] dilation, int[] pad, int[] places) {

    static WindowForm of(Windows windows) {
        List<int[]> all = windows.arguments();
        return new WindowForm(all.get(0), all.get(1), all.get(2), all.get(3), all.get(4), all.get(5));
    }

    Windows toWindows() {
        return Windows.of(grid, kernel, stride, dilation, pad, places);
    }
}
