/// The derivative of a smooth f at x from its values alone: the tests' one oracle.
///
/// Central differences with the steps h, h/2, h/4, … have an error in even powers of the step;
/// Richardson's extrapolation takes one power after the other away, and the entry of the table
/// that moved least is the answer (Ridders 1982). For functions that are smooth within `step` of x
/// the error is near 1e-11 of |f| / step.
func finiteDifference(
  at x: Double, step: Double = 0.03, of f: (Double) -> Double
) -> Double {
  var previous: [Double] = []
  var best = (derivative: Double.nan, error: Double.infinity)
  var h = step
  for _ in 0..<8 {
    // The step that is really taken, after rounding.
    let (right, left) = (x + h, x - h)
    var row = [(f(right) - f(left)) / (right - left)]
    var factor = 4.0
    for old in previous {
      let extrapolated = row.last! + (row.last! - old) / (factor - 1)
      let error = max(abs(extrapolated - row.last!), abs(extrapolated - old))
      row.append(extrapolated)
      if error < best.error { best = (extrapolated, error) }
      factor *= 4
    }
    previous = row
    h /= 2
  }
  return best.derivative
}

/// The partial derivatives of f at x, one coordinate after the other.
func finiteDifferences(
  at x: [Double], step: Double = 0.03, of f: ([Double]) -> Double
) -> [Double] {
  x.indices.map { i in
    finiteDifference(at: x[i], step: step) { moved in
      var point = x
      point[i] = moved
      return f(point)
    }
  }
}
