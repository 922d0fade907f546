package dev.tandem.itests.journeys;

import java.nio.file.Path;
import java.util.regex.Pattern;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;

/** The files of a session on either side, as somebody who reads English uses them. */
final class FilesPanel {
    private final Page page;

    private FilesPanel(Page page) {
        this.page = page;
    }

    /** In the agent's side tab. */
    static FilesPanel of(Desktop desktop) {
        desktop.tab("Files").click();
        return new FilesPanel(desktop.page()).ready();
    }

    /** On the customer's page. */
    static FilesPanel of(Customer customer) {
        return new FilesPanel(customer.page()).ready();
    }

    private FilesPanel ready() {
        sendFiles().waitFor();
        return this;
    }

    Page page() {
        return page;
    }

    Locator sendFiles() {
        return page.locator("#choose-files:visible");
    }

    Locator sendFolder() {
        return page.locator("#choose-folder:visible");
    }

    /** What may be sent, or why nothing may. */
    Locator hint() {
        return page.locator("#hint:visible");
    }

    /** Chooses files as the browser's own dialog would. */
    FilesPanel send(Path... files) {
        page.locator("input#files").setInputFiles(files);
        return this;
    }

    /** Chooses a file whose name the machine that runs the tests might not be able to write. */
    FilesPanel sendNamed(String name, byte[] bytes) {
        page.locator("input#files").setInputFiles(new FilePayload(name, "application/octet-stream", bytes));
        return this;
    }

    /** Chooses a folder where the browser has no picker of its own for folders. */
    FilesPanel sendTree(Path folder) {
        page.locator("input#folder").setInputFiles(folder);
        return this;
    }

    Locator row(String name) {
        return page.locator("li[data-name='" + name + "']");
    }

    Locator rows() {
        return page.locator("li[data-name]");
    }

    Locator button(String row, String name) {
        return row(row).getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("^" + name)));
    }

    FilesPanel press(String row, String name) {
        button(row, name).click();
        return this;
    }

    /** Presses a button by which the browser downloads something. */
    Download download(String row, String name) {
        return page.waitForDownload(() -> press(row, name));
    }

    Locator acceptAll() {
        return page.locator("#accept-all");
    }

    /** The checksum that stands in a file's details, which are opened. */
    String checksum(String row) {
        row(row).locator("summary").click();
        return row(row).locator("code").first().innerText();
    }
}
