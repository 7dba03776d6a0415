/** The command line: options and messages, no mathematics. */
package org.implicitdl.zoo.cli;
