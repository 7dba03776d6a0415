/**
 * Implicit models in files: a zip of {@code model.json}, the tree of operators and activations, and {@code weights.bin},
 * the numbers.
 *
 * <p>What models share in memory is stored once, and shared again when it is read. The records named {@code …Form} are the
 * file format: each says how one kind of part is written, and how it is made again.
 */
package org.implicitdl.file;
