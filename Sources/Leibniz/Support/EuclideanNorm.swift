/// √Σxᵢ², without overflow on the way.
package func euclideanNorm(_ x: some Sequence<Double>) -> Double {
  let largest = x.reduce(0) { max($0, $1.magnitude) }
  guard largest > 0, largest.isFinite else { return x.reduce(0) { $0 + $1.magnitude } }
  return largest * x.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }.squareRoot()
}
