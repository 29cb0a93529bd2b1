import Testing

/// Operations of one kind.
struct CaseFamily: Sendable, CustomTestStringConvertible {
  let name: String
  let cases: [OperationCase]
  var testDescription: String { "\(name), \(cases.count) cases" }

  static let all: [CaseFamily] = [
    CaseFamily(name: "elementwise", cases: ElementwiseCases.all),
    CaseFamily(name: "activations", cases: ActivationCases.all),
    CaseFamily(name: "broadcasting", cases: BroadcastCases.all),
    CaseFamily(name: "reductions", cases: ReductionCases.all),
    CaseFamily(name: "movement", cases: MovementCases.all),
    CaseFamily(name: "products", cases: ProductCases.all),
    CaseFamily(name: "sparse products", cases: SparseCases.all),
    CaseFamily(name: "convolution", cases: ConvolutionCases.all),
    CaseFamily(name: "pooling", cases: PoolingCases.all),
    CaseFamily(name: "softmax", cases: SoftmaxCases.all),
    CaseFamily(name: "losses", cases: LossCases.all),
    CaseFamily(name: "normalisation", cases: NormalizationCases.all),
    CaseFamily(name: "normalisation by channel", cases: ChannelNormCases.all),
    CaseFamily(name: "spatial pooling", cases: SpatialPoolingCases.all),
    CaseFamily(name: "resampling", cases: ResamplingCases.all),
    CaseFamily(name: "layers", cases: LayerCases.all),
    CaseFamily(name: "padding", cases: PaddingCases.all),
    CaseFamily(name: "convolution layers", cases: ConvolutionLayerCases.all),
    CaseFamily(name: "group convolution", cases: GroupCases.all),
    CaseFamily(name: "capsules", cases: CapsuleCases.all),
  ]
}

/// Every operation and layer against plain loops in Float64, in every setting; ``CaseChecker`` says how.
@Suite(.serialized) struct OperationTests {
  @Test(arguments: CaseFamily.all) func agrees(_ family: CaseFamily) {
    for operation in family.cases {
      for failure in CaseChecker(operation).failures() { Issue.record("\(failure)") }
    }
  }

  @Test func casesAreManyAndDiffer() {
    let cases = CaseFamily.all.flatMap(\.cases)
    print("\(cases.count) cases in \(CaseFamily.all.count) families")
    #expect(Set(cases.map(\.description)).count == cases.count)
    #expect(cases.count >= 3_000)
  }
}
