package org.implicitdl.wellposed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StronglyConnectedComponentsTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void componentsAreTheClassesOfMutualReachabilityInTopologicalOrder(long seed) {
        Random random = new Random(seed);
        for (int trial = 0; trial < 50; trial++) {
            int n = 1 + random.nextInt(12);
            boolean[][] edge = new boolean[n][n];
            for (int e = random.nextInt(2 * n + 1); e > 0; e--) {
                edge[random.nextInt(n)][random.nextInt(n)] = true;
            }
            List<int[]> components = StronglyConnectedComponents.of(n, (i, from) -> next(edge[i], from));

            boolean[][] reaches = closure(edge);
            int[] place = new int[n];
            int count = 0;
            for (int c = 0; c < components.size(); c++) {
                for (int node : components.get(c)) {
                    place[node] = c;
                    count++;
                }
            }
            assertThat(count).isEqualTo(n);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    assertThat(place[i] == place[j]).isEqualTo(reaches[i][j] && reaches[j][i]);
                    assertThat(!reaches[i][j] || place[i] <= place[j]).isTrue();
                }
            }
        }
    }

    @Test
    void longChainsNeedNoStack() {
        int n = 300_000;
        List<int[]> chain = StronglyConnectedComponents.of(n, (i, from) -> i > 0 && from <= i - 1 ? i - 1 : -1);
        assertThat(chain).hasSize(n);
        assertThat(chain.get(0)).containsExactly(n - 1);
        List<int[]> ring = StronglyConnectedComponents.of(n, (i, from) -> from <= (i + 1) % n ? (i + 1) % n : -1);
        assertThat(ring).hasSize(1);
        assertThat(ring.get(0)).hasSize(n);
    }

    private static int next(boolean[] successors, int from) {
        for (int j = from; j < successors.length; j++) {
            if (successors[j]) {
                return j;
            }
        }
        return -1;
    }

    private static boolean[][] closure(boolean[][] edge) {
        int n = edge.length;
        boolean[][] reaches = new boolean[n][];
        for (int i = 0; i < n; i++) {
            reaches[i] = edge[i].clone();
            reaches[i][i] = true;
        }
        for (int k = 0; k < n; k++) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    reaches[i][j] |= reaches[i][k] && reaches[k][j];
                }
            }
        }
        return reaches;
    }
}
