/** Images told apart by a Deeplearning4j network with an implicit layer: its configuration, training, and measurement. */
package org.implicitdl.zoo.classify;
