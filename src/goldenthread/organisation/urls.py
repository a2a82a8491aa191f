from __future__ import annotations

from django.urls import path

from goldenthread.organisation import views

app_name = "organisation"

urlpatterns = [
    path("my-posts/", views.my_posts, name="my_posts"),
    path("posts/", views.post_list, name="post_list"),
    path("posts/<int:pk>/deputy/", views.deputy_name, name="deputy_name"),
    path("posts/<int:pk>/holder/", views.post_fill, name="post_fill"),
    path("posts/holdings/<int:pk>/end/", views.holding_end, name="holding_end"),
]
