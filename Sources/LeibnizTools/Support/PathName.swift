/// The name that a path ends with, in two parts: `("moons", "svg")` of `runs/moons.svg`.
///
/// A name that begins with its only dot has no ending.
func stemAndEnding(of path: String) -> (stem: String, ending: String) {
  let name = path.split { isSeparator($0) }.last ?? ""
  guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return (String(name), "") }
  return (String(name[..<dot]), String(name[name.index(after: dot)...]))
}

private func isSeparator(_ character: Character) -> Bool {
  #if os(Windows)
    character == "/" || character == "\\"
  #else
    character == "/"
  #endif
}
