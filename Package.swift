// swift-tools-version: 6.0
import PackageDescription

let package = Package(
  name: "Leibniz",
  products: [
    .library(name: "Leibniz", targets: ["Leibniz"])
  ],
  targets: [
    .target(name: "LeibnizKernels"),
    .target(name: "Leibniz", dependencies: ["LeibnizKernels"]),
    .target(name: "ExampleSupport", dependencies: ["Leibniz"], path: "Examples/Support"),
    example("backprop"),
    example("benchmark"),
    example("digits"),
    example("fit"),
    example("moons"),
    .testTarget(name: "LeibnizTests", dependencies: ["Leibniz", "ExampleSupport"]),
  ]
)

/// A program of the folder of its name: `swift run moons`.
func example(_ name: String) -> Target {
  .executableTarget(
    name: name, dependencies: ["Leibniz", "ExampleSupport"], path: "Examples/\(name)")
}
