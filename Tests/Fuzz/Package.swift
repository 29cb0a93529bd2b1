// swift-tools-version: 6.1
import PackageDescription

/// Broken files through every reader, built with the sanitizers. A package of its own, since those must be built in
/// everywhere: `Tests/Fuzz/run` builds and runs it.
let package = Package(
  name: "Fuzz",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(name: "needletail", path: "../..")
  ],
  targets: [
    .executableTarget(
      name: "FuzzFiles",
      dependencies: [
        .product(name: "TensorCore", package: "needletail"), .product(name: "Datasets", package: "needletail"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
