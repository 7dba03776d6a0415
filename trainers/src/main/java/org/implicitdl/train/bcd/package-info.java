/** Block coordinate descent on Fenchel divergences (§4.2). */
package org.implicitdl.train.bcd;
