/// Group normalisation: the channels of each image are normalised in groups, whatever the other images are. With one channel
/// to a group it is instance normalisation, with a single group layer normalisation with channel factors.
///
/// Wu and He 2018, "Group normalization"; Ulyanov, Vedaldi and Lempitsky 2016, "Instance normalization: the missing
/// ingredient for fast stylization".
extension Tensor where Scalar: FloatingScalar {
  /// The mean and variance of each group of neighbouring channels of each image, `[N·groups]`, in one pass.
  ///
  /// Stops below rank 2, without values, and unless the channels divide.
  public func groupStatistics(groups: Int) -> ChannelStatistics {
    let layout = GroupLayout(shape, groups, "groupStatistics")
    guard layout.count > 0 else { stop("groupStatistics", "there are no values in \(shape)") }
    let moments = channelMoments(layout.groupsAsChannels)
    return ChannelStatistics(mean: moments.mean, variance: moments.variance, count: layout.count)
  }

  /// y = γ (x − μ) / √(σ² + ε) + β with the group's μ and σ² and the channel's γ and β. Self is `[N, C, …]`. One pass over
  /// memory; with ``groupStatistics(groups:)``, two.
  ///
  /// - Parameters:
  ///   - statistics: μ and σ², `[N·groups]`.
  ///   - groups: G, by which the channels divide.
  ///   - weight: γ, `[C]`; nil for 1.
  ///   - bias: β, `[C]`; nil for 0.
  ///   - epsilon: ε, which keeps the root from 0.
  public func groupNorm(
    _ statistics: ChannelStatistics, groups: Int, weight: Tensor?, bias: Tensor?, epsilon: Double
  ) -> Tensor {
    let layout = GroupLayout(shape, groups, "groupNorm")
    layout.check(statistics.mean.shape, [weight?.shape, bias?.shape], "groupNorm")
    let planes = layout.planesAsChannels
    let scale = Self.multiplied(layout.byPlane(statistics.reciprocalDeviation(epsilon)), weight)
    let offset = bias?.converted(to: Double.self).broadcast(to: layout.planeShape) ?? .zeros(layout.planeShape)
    return channelAffine(mean: layout.byPlane(statistics.mean), scale: scale, offset: offset, planes)
  }

  /// The gradients of ``groupNorm(_:groups:weight:bias:epsilon:)``, when this is that of its output. With x̂ = (x − μ) r,
  /// r = 1 / √(σ² + ε) and m values to a group:
  ///
  ///     dβ = Σ g      dγ = Σ g x̂      dx = r (γg − Σ γg / m − x̂ Σ γg x̂ / m)
  ///
  /// the sums of dβ and dγ over the channel, those of dx over the group. Two passes over memory.
  public func groupNormGradient(
    input: Tensor, _ statistics: ChannelStatistics, groups: Int, weight: Tensor?, epsilon: Double
  ) -> (input: Tensor, weight: Tensor, bias: Tensor) {
    let layout = GroupLayout(shape, groups, "groupNormGradient")
    layout.check(statistics.mean.shape, [weight?.shape], "groupNormGradient")
    checkSameShape(input, "groupNormGradient")
    let r = statistics.reciprocalDeviation(epsilon), mean = layout.byPlane(statistics.mean)
    let planes = layout.planesAsChannels
    let (planeSums, planeProducts) = channelProducts(input: input, mean: mean, planes)
    let sums = planeSums.reshaped(layout.planeShape), products = planeProducts.reshaped(layout.planeShape)
    let share = r * (-1 / Double(layout.count))
    let gradient = channelCombined(
      input: input, mean: mean, onGradient: Self.multiplied(layout.byPlane(r), weight),
      onInput: layout.byPlane(share * r * r * layout.byGroup(Self.multiplied(products, weight))),
      offset: layout.byPlane(share * layout.byGroup(Self.multiplied(sums, weight))), planes)
    return (
      gradient, (products * layout.byPlane(r)).sum(along: [0]).converted(to: Scalar.self),
      sums.sum(along: [0]).converted(to: Scalar.self)
    )
  }
}

/// A tensor `[N, C, …]` whose channels form groups. A group of an image is a run of neighbouring values.
private struct GroupLayout {
  let layout: ChannelLayout
  let groups: Int

  init(_ shape: Shape, _ groups: Int, _ name: String) {
    layout = ChannelLayout(shape, name)
    self.groups = groups
    guard groups >= 1, layout.channels % groups == 0 else {
      stop(name, "the channels of \(shape) do not divide into \(groups) groups")
    }
  }

  private var channelsPerGroup: Int { layout.channels / groups }
  /// The values of a group.
  var count: Int { channelsPerGroup * layout.plane }
  /// `[N, C]`.
  var planeShape: Shape { [layout.images, layout.channels] }

  var groupsAsChannels: ChannelLayout { ChannelLayout(images: 1, channels: layout.images * groups, plane: count) }
  var planesAsChannels: ChannelLayout {
    ChannelLayout(images: 1, channels: layout.images * layout.channels, plane: layout.plane)
  }

  /// The groups' numbers `[N·G]`, repeated for each of their channels, `[N, C]`.
  func byPlane(_ numbers: Tensor<Double>) -> Tensor<Double> {
    numbers.reshaped([numbers.count, 1]).broadcast(to: [numbers.count, channelsPerGroup]).reshaped(planeShape)
  }

  /// The channels' numbers `[N, C]`, added up in each group, `[N·G]`.
  func byGroup(_ numbers: Tensor<Double>) -> Tensor<Double> {
    numbers.reshaped([layout.images * groups, channelsPerGroup]).sum(along: [1])
  }

  func check(_ statistics: Shape, _ parameters: [Shape?], _ name: String) {
    guard statistics == [layout.images * groups] else {
      stop(
        name,
        "\(groups) groups of \(layout.images) images need statistics [\(layout.images * groups)], not \(statistics)")
    }
    for case let shape? in parameters where shape != [layout.channels] {
      stop(name, "\(layout.channels) channels need weight and bias [\(layout.channels)], not \(shape)")
    }
  }
}
