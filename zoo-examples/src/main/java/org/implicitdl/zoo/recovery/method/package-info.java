/** The methods of the recovery experiment, one a class, listed in {@code RecoveryMethods}. */
package org.implicitdl.zoo.recovery.method;
