// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [.enableUpcomingFeature("MemberImportVisibility")]

let package = Package(
  name: "TensorCore",
  platforms: [.macOS(.v15), .iOS(.v18), .tvOS(.v18), .watchOS(.v11), .visionOS(.v2)],
  products: [.library(name: "TensorCore", targets: ["TensorCore"])],
  targets: [
    .target(name: "CKernels"),
    .target(name: "TensorCore", dependencies: ["CKernels"], swiftSettings: strict),
    .testTarget(name: "TensorCoreTests", dependencies: ["TensorCore"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
