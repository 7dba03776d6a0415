/** The paper's experiments behind one command line. */
package org.implicitdl.zoo;
