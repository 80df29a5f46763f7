// Loops over plain arrays, for solvers.

/// Σ xᵢ yᵢ.
func dotProduct(_ x: [Double], _ y: [Double]) -> Double {
  require(x.count == y.count, "Vectors of \(x.count) and \(y.count) numbers were multiplied.")
  return x.withUnsafeBufferPointer { x -> Double in
    y.withUnsafeBufferPointer { y -> Double in
      // Four sums that do not wait for each other.
      var (first, second, third, fourth) = (0.0, 0.0, 0.0, 0.0)
      var i = 0
      while i + 4 <= x.count {
        first += x[i] * y[i]
        second += x[i + 1] * y[i + 1]
        third += x[i + 2] * y[i + 2]
        fourth += x[i + 3] * y[i + 3]
        i += 4
      }
      while i < x.count {
        first += x[i] * y[i]
        i += 1
      }
      return (first + second) + (third + fourth)
    }
  }
}

/// y + a x in place of y.
func addMultiple(_ a: Double, of x: [Double], to y: inout [Double]) {
  require(x.count == y.count, "Vectors of \(x.count) and \(y.count) numbers were added.")
  x.withUnsafeBufferPointer { x in
    y.withUnsafeMutableBufferPointer { y in for i in 0..<x.count { y[i] += a * x[i] } }
  }
}

/// The largest magnitude; NaN where there is one.
func largestMagnitude(_ x: [Double]) -> Double {
  var largest = 0.0
  for number in x {
    if number.isNaN { return number }
    largest = max(largest, number.magnitude)
  }
  return largest
}
