/** What a run leaves behind when it is interrupted, and needs to go on. */
package org.implicitdl.train.state;
