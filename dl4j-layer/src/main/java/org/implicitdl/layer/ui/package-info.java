/**
 * The implicit layers in Deeplearning4j's training UI: a record for its storage, a page with charts, and a short way to
 * open it. Needs {@code org.deeplearning4j:deeplearning4j-ui} on the classpath, which this library does not bring along.
 */
package org.implicitdl.layer.ui;
