/** The prediction rule (1) as an immutable value, and the algebra of §2.3 on it. */
package org.implicitdl.model;
