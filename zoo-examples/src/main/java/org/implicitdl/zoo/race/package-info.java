/** Trainers compared on the same networks within the same time, each with the setting that is best for it. */
package org.implicitdl.zoo.race;
