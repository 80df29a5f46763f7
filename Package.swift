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
    .executableTarget(name: "benchmark", dependencies: ["Leibniz"], path: "Examples/benchmark"),
    .target(name: "ExampleSupport", dependencies: ["Leibniz"], path: "Examples/Support"),
    .executableTarget(
      name: "moons", dependencies: ["Leibniz", "ExampleSupport"], path: "Examples/moons"),
    .testTarget(name: "LeibnizTests", dependencies: ["Leibniz", "ExampleSupport"]),
  ]
)
