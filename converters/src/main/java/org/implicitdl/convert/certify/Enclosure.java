package org.implicitdl.convert.certify;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.implicitdl.operator.NonFiniteException;

/**
 * Boxes of everything that a model computes for inputs of a box, by interval propagation in the order of its parts.
 *
 * @param inputs the inputs, by blocks
 * @param preActivations AX + BU + b, by blocks
 * @param states X, by blocks
 */
record Enclosure(List<Box> inputs, List<Box> preActivations, List<Box> states) {

    static Enclosure of(Structure structure, Box u) {
        List<Box> inputs = structure.split(u);
        List<Box> z = Arrays.asList(new Box[structure.blocks().count()]);
        List<Box> x = Arrays.asList(new Box[structure.blocks().count()]);
        for (int k = 0; k < structure.parts().size(); k++) {
            Structure.Part part = structure.parts().get(k);
            int[] blocks = part.blocks();
            List<Box> known = IntStream.of(blocks)
                    .mapToObj(i -> structure.known(i, x, inputs))
                    .toList();
            if (part.isDirect()) {
                z.set(blocks[0], known.get(0));
                x.set(blocks[0], structure.phi(blocks[0]).image(known.get(0)));
            } else {
                CyclicPart cycle = structure.cycle(k);
                Box v = BlockIntervals.stack(known);
                Box found = cycle.enclose(v);
                cycle.put(found, x);
                cycle.put(cycle.preActivation(found, v), z);
            }
            for (int i : blocks) {
                NonFiniteException.check(
                        "bounds of states in block " + i, x.get(i).magnitude());
            }
        }
        return new Enclosure(inputs, z, x);
    }
}
