package org.implicitdl.wellposed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntBinaryOperator;

/**
 * Tarjan's algorithm (Depth-first search and linear graph algorithms, 1972) without recursion: it visits every node and
 * every edge once, and long chains do not exhaust the stack.
 */
public final class StronglyConnectedComponents {
    private final IntBinaryOperator nextSuccessor;
    private final int[] index;
    private final int[] lowLink;
    private final int[] cursor;
    private final int[] stack;
    private final int[] path;
    private final boolean[] onStack;
    private final List<int[]> components = new ArrayList<>();
    private int visited;
    private int stackSize;

    private StronglyConnectedComponents(int nodes, IntBinaryOperator nextSuccessor) {
        this.nextSuccessor = nextSuccessor;
        this.index = new int[nodes];
        this.lowLink = new int[nodes];
        this.cursor = new int[nodes];
        this.stack = new int[nodes];
        this.path = new int[nodes];
        this.onStack = new boolean[nodes];
    }

    /**
     * The components of a directed graph in a topological order: edges lead from a component to itself or to later ones.
     *
     * @param nextSuccessor gives for (node, from) the least successor of the node that is at least {@code from}, or −1
     * @return the nodes of each component, in increasing order
     */
    public static List<int[]> of(int nodes, IntBinaryOperator nextSuccessor) {
        StronglyConnectedComponents search = new StronglyConnectedComponents(nodes, nextSuccessor);
        for (int root = 0; root < nodes; root++) {
            if (search.index[root] == 0) {
                search.visitFrom(root);
            }
        }
        // A component is complete only after all that can be reached from it.
        Collections.reverse(search.components);
        return search.components;
    }

    private void visitFrom(int root) {
        int depth = 0;
        path[0] = root;
        enter(root);
        while (depth >= 0) {
            int node = path[depth];
            int successor = nextSuccessor.applyAsInt(node, cursor[node]);
            if (successor < 0) {
                leave(node);
                depth--;
                if (depth >= 0) {
                    lowLink[path[depth]] = Math.min(lowLink[path[depth]], lowLink[node]);
                }
                continue;
            }
            cursor[node] = successor + 1;
            if (index[successor] == 0) {
                enter(successor);
                path[++depth] = successor;
            } else if (onStack[successor]) {
                lowLink[node] = Math.min(lowLink[node], index[successor]);
            }
        }
    }

    private void enter(int node) {
        index[node] = ++visited;
        lowLink[node] = visited;
        stack[stackSize++] = node;
        onStack[node] = true;
    }

    private void leave(int node) {
        if (lowLink[node] < index[node]) {
            return;
        }
        int end = stackSize;
        do {
            onStack[stack[--stackSize]] = false;
        } while (stack[stackSize] != node);
        int[] component = Arrays.copyOfRange(stack, stackSize, end);
        Arrays.sort(component);
        components.add(component);
    }
}
