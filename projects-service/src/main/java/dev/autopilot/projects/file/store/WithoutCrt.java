package dev.autopilot.projects.file.store;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.checksums.SdkChecksum;
import software.amazon.awssdk.checksums.internal.ChecksumProvider;
import software.amazon.awssdk.checksums.spi.ChecksumAlgorithm;
import software.amazon.awssdk.http.auth.aws.crt.internal.signer.DefaultAwsCrtV4aHttpSigner;
import software.amazon.awssdk.http.auth.aws.internal.signer.util.OptionalDependencyLoaderUtil;

/**
 * The SDK looks for its native library, AWS CRT, when it is asked for what only that can do. A
 * native image wants to know beforehand: it isn't there, and S3 as it is used here doesn't need it.
 */
@SuppressWarnings("DoNotCallSuggester") // Nobody does: what would be called is the SDK's.
final class WithoutCrt {
  private WithoutCrt() {}

  static UnsupportedOperationException unsupported(String what) {
    return new UnsupportedOperationException(what + " needs AWS CRT, which is not part of this");
  }

  @TargetClass(ChecksumProvider.class)
  static final class Checksums {
    private Checksums() {}

    /** With null the SDK goes on to its own. */
    @Substitute
    static @Nullable SdkChecksum createCrtCrc32C() {
      return null;
    }

    @Substitute
    static SdkChecksum crc64NvmeCrtImplementation() {
      throw unsupported("CRC64NVME");
    }

    @Substitute
    static SdkChecksum crtXxHash(ChecksumAlgorithm algorithm) {
      throw unsupported(algorithm.algorithmId());
    }
  }

  @TargetClass(OptionalDependencyLoaderUtil.class)
  static final class Signers {
    private Signers() {}

    @Substitute
    static DefaultAwsCrtV4aHttpSigner getDefaultAwsCrtV4aHttpSigner() {
      throw unsupported("Signing for several regions");
    }
  }
}
