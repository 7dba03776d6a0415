/** The recovery experiment of §7.2: its random models, its measurements, and its run. */
package org.implicitdl.zoo.recovery;
