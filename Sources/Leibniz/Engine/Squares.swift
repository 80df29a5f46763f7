/// x².
@inline(__always)
package func squared<T: Scalar>(_ x: T) -> T { x * x }
