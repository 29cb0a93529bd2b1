// swift-tools-version: 6.1
import PackageDescription

// What an outside user would write: one dependency, and the products that the program uses.
let package = Package(
  name: "Integration",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "needletail", path: "..")],
  targets: [
    .target(name: "Jobs"),
    .executableTarget(name: "smoke", dependencies: ["Jobs", .product(name: "TensorCore", package: "needletail")]),
  ],
  swiftLanguageModes: [.v6]
)
