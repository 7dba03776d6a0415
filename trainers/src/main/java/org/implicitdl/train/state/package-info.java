/** What a run leaves behind when it is interrupted, and needs to go on; and the settings that it must go on with. */
package org.implicitdl.train.state;
