// swift-tools-version: 6.0
import PackageDescription

// A package that uses the library's products as anyone's does: from outside, with nothing but `import`.

let package = Package(
  name: "Client",
  platforms: [.macOS(.v13)],
  dependencies: [.package(name: "Leibniz", path: "../..")],
  targets: [
    client("Smallest"), client("Lecture"), client("FitWithErrors"), client("TrainingRun"),
    client("Generics"),
  ]
)

func client(_ name: String) -> Target {
  .executableTarget(
    name: name,
    dependencies: [
      .product(name: "Leibniz", package: "Leibniz"),
      .product(name: "LeibnizTools", package: "Leibniz"),
    ])
}
