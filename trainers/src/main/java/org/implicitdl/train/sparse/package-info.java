/** Which inputs an implicit model needs (§6.1). */
package org.implicitdl.train.sparse;
