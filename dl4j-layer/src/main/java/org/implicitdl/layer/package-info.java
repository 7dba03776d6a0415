/** The implicit layer of Deeplearning4j: configuration, runtime, parameters, listener. */
package org.implicitdl.layer;
