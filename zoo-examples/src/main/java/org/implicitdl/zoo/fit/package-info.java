/** A network for any table: trained, scored on rows that were held out, saved with all that is needed to use it again. */
package org.implicitdl.zoo.fit;
