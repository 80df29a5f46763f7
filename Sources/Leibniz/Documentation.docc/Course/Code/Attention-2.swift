import Leibniz
import LeibnizTools

func attention(picture: String) throws {
  let names = """
    ada alan albert alonzo andrey ann anna augustin barbara bernhard blaise carl david donald emmy
    ernst evelyn felix george gottfried grace henri isaac jacob johann john joseph karl katherine
    leonhard maria mary max niels paul pierre rene sofia sonja srinivasa stefan thomas wilhelm
    """.split { $0.isWhitespace }.map { Array($0.prefix(9)) }
  let letters = Array(Set(names.joined())).sorted()
  let context = 10, end = letters.count

  let rows = names.map { name in
    name.map { Double(letters.firstIndex(of: $0)!) }
      + [Double](repeating: Double(end), count: context + 1 - name.count)
  }
  let data = try Dataset(
    features: rows.map { [Double(end)] + $0.dropLast(2) },
    targets: rows.map { Array($0.dropLast()) })
}
