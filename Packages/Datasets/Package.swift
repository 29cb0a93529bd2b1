// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [.enableUpcomingFeature("MemberImportVisibility")]

let package = Package(
  name: "Datasets",
  platforms: [.macOS(.v15), .iOS(.v18), .tvOS(.v18), .watchOS(.v11), .visionOS(.v2)],
  products: [.library(name: "Datasets", targets: ["Datasets"])],
  dependencies: [
    .package(path: "../TensorCore"),
  ],
  targets: [
    .target(
      name: "Datasets", dependencies: [.product(name: "TensorCore", package: "TensorCore")],
      swiftSettings: strict),
    .testTarget(
      name: "DatasetsTests", dependencies: ["Datasets", .product(name: "TensorCore", package: "TensorCore")],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
