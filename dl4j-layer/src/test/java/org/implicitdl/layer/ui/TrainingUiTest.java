package org.implicitdl.layer.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import org.junit.jupiter.api.Test;

class TrainingUiTest {

    @Test
    void aPortThatIsTakenIsNamedAndLeavesNothingRunning() throws IOException {
        try (ServerSocket other = new ServerSocket(0)) {
            int port = other.getLocalPort();
            assertThatThrownBy(() -> TrainingUi.open(port))
                    .isInstanceOf(BindException.class)
                    .hasMessageContaining("cannot open port " + port)
                    .hasMessageContaining("choose another port");
        }
        try (TrainingUi ui = TrainingUi.open(0)) {
            assertThat(ui.address()).startsWith("http://localhost:");
        }
    }

    @Test
    void closingFreesThePort() throws IOException, InterruptedException {
        TrainingUi first = TrainingUi.open(0);
        String address = first.address();
        first.close();
        first.close();
        assertThatThrownBy(() -> new Browser(address).get("/implicit")).isInstanceOf(ConnectException.class);

        int port = URI.create(address).getPort();
        try (TrainingUi second = TrainingUi.open(port)) {
            assertThat(second.address()).isEqualTo(address);
            assertThat(second.layersAddress()).isEqualTo(address + "/implicit");
            new Browser(address).text("/implicit");
        }
    }

    @Test
    void aSecondUiInOneJvmIsRefusedWithTheAddressOfTheFirst() throws IOException {
        try (TrainingUi ui = TrainingUi.open(0)) {
            assertThatThrownBy(() -> TrainingUi.open(0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(ui.address());
        }
    }

    @Test
    void portsThatDoNotExistAreRefused() {
        for (int port : new int[] {-1, 65536}) {
            assertThatThrownBy(() -> TrainingUi.open(port))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(port + " was given");
        }
    }
}
